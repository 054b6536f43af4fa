console.log('rush')
