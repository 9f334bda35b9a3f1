<?php
new InvalidArgumentException("a"); // HERE
