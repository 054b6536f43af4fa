package main

const Number = 0
