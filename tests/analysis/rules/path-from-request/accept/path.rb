send_file "files/#{File.basename(params[:name])}"
File.read(name)
