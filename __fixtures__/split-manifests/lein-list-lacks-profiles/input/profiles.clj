{:dev {:dependencies [[nrepl "1.0.0"]]}}
