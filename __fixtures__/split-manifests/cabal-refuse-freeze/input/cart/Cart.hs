module Cart where
