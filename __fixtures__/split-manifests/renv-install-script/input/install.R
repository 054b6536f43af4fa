# What the shop needs.
options(repos = c(CRAN = "https://cloud.r-project.org"))
install.packages(c("shiny", "jsonlite"), Ncpus = 4)
remotes::install_github("shop/theme")
