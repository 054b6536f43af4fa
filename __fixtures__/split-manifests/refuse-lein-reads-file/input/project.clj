(defproject shop (clojure.string/trim (slurp "VERSION"))
  :description "(slurp) is not called here"
  :dependencies [[org.clojure/clojure "1.11.1"]]
  :main ^:skip-aot shop.core
  :profiles {:uberjar {:aot :all
                       :jvm-opts ["-Dclojure.compiler.direct-linking=true"]}})
