File.chmod(0777, path) # HERE
FileUtils.chmod 0666, path # HERE
