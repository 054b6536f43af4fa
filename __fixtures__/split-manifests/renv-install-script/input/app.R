library(shiny)

runApp("shop")
