import jester

routes:
  get "/":
    resp "ok"
