module Shop where
