(defproject shop "0.1.0"
  :dependencies [[org.clojure/clojure "1.11.1"]
                 [company/money "1.0.0"]]
  :repositories [["company" "file:repository"]]
  :main shop.core)
