(ns shop.core
  (:gen-class))

(defn -main [& _]
  (println "shop"))
