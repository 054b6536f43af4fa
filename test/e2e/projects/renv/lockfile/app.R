library(polite)

cat(text(), '\n')
