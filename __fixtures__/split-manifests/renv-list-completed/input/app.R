cat(jsonlite::toJSON(list(ok = TRUE)))
