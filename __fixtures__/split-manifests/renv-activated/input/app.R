library(jsonlite)
cat(toJSON(list(ok = TRUE)))
