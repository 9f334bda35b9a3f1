token = rand(10**9).to_s # HERE
