require('fs').writeFileSync(execEnv.buildDir + '/index.js', '')
