process.title = 'shop'
