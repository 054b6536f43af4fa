find_package(Git REQUIRED)
execute_process(COMMAND ${GIT_EXECUTABLE} describe --tags OUTPUT_VARIABLE SHOP_VERSION)
