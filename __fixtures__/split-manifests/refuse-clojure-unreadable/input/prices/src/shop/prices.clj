(ns shop.prices)
