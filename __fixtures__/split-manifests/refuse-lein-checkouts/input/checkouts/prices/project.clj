(defproject prices "1.0.0")
