(defproject shop "0.1.0"
  :description ~(or (System/getenv "SHOP_DESCRIPTION") "A shop")
  :dependencies [[org.clojure/clojure "1.11.1"]
                 [company/money "1.0.0"]]
  :repositories [["company" {:url "file:repository" :checksum :ignore}]])
