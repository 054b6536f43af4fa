run <- function() jsonlite::toJSON(1)
