send_file "files/#{params[:name]}" # HERE
File.read(File.join(folder, params[:name])) # HERE
