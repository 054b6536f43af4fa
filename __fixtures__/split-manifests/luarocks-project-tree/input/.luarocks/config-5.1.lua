lua_interpreter = "luajit"
