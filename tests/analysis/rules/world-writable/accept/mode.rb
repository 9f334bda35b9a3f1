File.chmod(0755, path)
FileUtils.chmod "u+x", path
