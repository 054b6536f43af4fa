{"targets": [{"target_name": "native", "sources": ["src/native.cc"]}]}
