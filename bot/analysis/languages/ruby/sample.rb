# Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
# namespace: name kind methods instance-variables complexity loc. Counted by hand.
module Shop
  # namespace: Shop.Cart class 5 2 25.04 40
  class Cart < Base
    # expect: Shop.Cart.self.load 11 12 3,6,13 6 1 20 1
    def self.load(id, scope = nil, *rest, key:, **options, &block)
      @cart ||= find(id)
      if id.nil? && !scope or rest == 1
        return nil unless options
      elsif key
        total += 1
      else
        total = 2
      end
      items.each do |item|
        next if item
      end
      case key
      when 1, 2 then go
      else stop(1)
      end
      key ? 1 : yield(2)
    rescue ArgumentError => error
      raise error
    end

    # expect: Shop.Cart.total 2 2 0,3,2 0 0 1 0
    def total = lines.sum { |line| line.free? ? 0 : line.price }

    # expect: Shop.Cart.wait 5 5 0,2,5 0 3 10 0
    def wait
      begin
        until done
          while busy do sleep(1) end
        end
      rescue Timeout
        retry
      end
      log("x") rescue nil
    end

    # expect: Shop.Cart.nothing 1 0 0,0,0 0 0 2 0
    def nothing
    end
  end

  class Cart
    class << self
      # expect: Shop.Cart.make 1 0 1,1,0 0 0 1 0
      def make = @made = new()
    end
  end

  class Failure < StandardError
  end
end
