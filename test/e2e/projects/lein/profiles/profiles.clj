{:local {:jvm-opts ["-Xmx256m"]}}
