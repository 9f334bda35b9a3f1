eval(params[:code]) # HERE
eval "x = #{value}" # HERE
