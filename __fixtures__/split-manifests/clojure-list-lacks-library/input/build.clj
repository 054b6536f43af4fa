(ns build)

(defn uber [_])
