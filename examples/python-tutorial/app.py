from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "Hello from the cache."


if __name__ == "__main__":
    app.run(host="0.0.0.0")
