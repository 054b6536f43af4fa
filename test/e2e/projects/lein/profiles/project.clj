(defproject shop "0.1.0"
  :dependencies [[org.clojure/clojure "1.11.1"]]
  :profiles {:prod {:dependencies [[commons-codec "1.15"]]}})
