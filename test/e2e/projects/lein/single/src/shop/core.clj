(ns shop.core
  (:gen-class)
  (:import org.apache.commons.codec.binary.Hex))

(defn -main [& _]
  (println (Hex/encodeHexString (.getBytes "shop"))))
