# Written by renv.
