local({ invisible(TRUE) })
