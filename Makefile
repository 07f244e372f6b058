# The commands of javagrad. What is built goes to target, what Python needs to .venv, the jars to Maven's local repository.

TOOLS     := notebooks/tools
BENCH     := engine/src/bench/python
PYTHON    := target/jupyter/python
KERNEL    := target/jupyter/kernels/java/kernel.json
NOTEBOOKS := $(wildcard notebooks/[0-9][0-9]-*.ipynb)
SOLUTIONS := $(wildcard notebooks/solutions/[0-9][0-9]-*.ipynb)
EXECUTED  := $(NOTEBOOKS:%=target/%)
SOLVED    := $(SOLUTIONS:%=target/%)
PARALLEL  := $(MAKE) --no-print-directory -j 2

# MNIST for notebook 08, where the files lie beside this folder; without them it downloads MNIST, or says what it uses instead.
export JAVAGRAD_DATA ?= $(realpath ../shared/data/mnist)

# Jupyter would keep these in the home folder.
export JUPYTER_CONFIG_DIR  := $(CURDIR)/target/jupyter/config
export JUPYTER_DATA_DIR    := $(CURDIR)/target/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/target/jupyter/runtime
export IPYTHONDIR          := $(CURDIR)/target/jupyter/ipython

.PHONY: help lab notebooks test soak bench repro audit outputs clean executed solved ready always
.DELETE_ON_ERROR:

help:
	@echo 'make lab        open the notebooks in JupyterLab'
	@echo 'make notebooks  execute them all into target/notebooks and, as web pages, target/site'
	@echo 'make test       run every test, check what the notebooks print, solve their exercises, try them in a browser'
	@echo 'make soak       the tests that take hours: exhaustive ones, hostile input, eight seeds, other machines, mutations, an hour of training in a kernel (MINUTES=60)'
	@echo 'make bench      measure the engine beside PyTorch and JAX: 25 minutes on a quiet machine'
	@echo 'make repro      train on every JDK, kernel, vector width and number of threads: the same bits'
	@echo 'make audit      list what the project stands on, with licences and sizes, and build the jars twice: the same bytes'
	@echo 'make outputs    execute the notebooks and renew their committed outputs'
	@echo 'make clean      remove all that was built, and .venv; what lies in Maven'"'"'s local repository stays'

lab:
	@$(PARALLEL) ready
	@$(PYTHON) $(TOOLS)/lab.py

notebooks:
	@$(PARALLEL) target/site/index.html
	@echo 'to read them: target/site/index.html'

test:
	@$(PARALLEL) ready
	@$(PYTHON) $(TOOLS)/portable.py $(NOTEBOOKS) $(SOLUTIONS)
	@$(PYTHON) -m unittest discover -s $(TOOLS)
	@$(PYTHON) -m unittest discover -s $(BENCH)
	mvn -B -ntp -T 2 verify
	@$(TOOLS)/kernel-test.sh
	@$(PYTHON) $(TOOLS)/vary.py $(NOTEBOOKS) --seed 7 --twice target/notebooks
	@$(PARALLEL) -k executed
	@$(PYTHON) $(TOOLS)/compare.py notebooks $(EXECUTED)
	@$(PYTHON) $(TOOLS)/answers.py target/notebooks/solutions $(SOLUTIONS)
	@$(PARALLEL) target/site/index.html
	@$(PYTHON) $(TOOLS)/site_test.py target/site
	@$(TOOLS)/browser-test.sh
	@echo 'make test: everything passed'

soak:
	@$(PARALLEL) ready
	mvn -B -ntp -Psoak verify
	@$(PYTHON) $(TOOLS)/vary.py $(patsubst %,--seed %,1 2 3 4 5 6 7 8) --steps half --steps double $(NOTEBOOKS)
	@$(TOOLS)/elsewhere.sh
	@$(TOOLS)/soak.sh
	mvn -B -ntp -Pmutations -pl engine test-compile pitest:mutationCoverage
	@echo 'make soak: everything passed'

bench: target/java
	@mvn -q -ntp -Pbench -pl engine test-compile
	@python3 $(BENCH)/bench.py
	@target/bench/venv/bin/python $(BENCH)/growth.py
	@mvn -q -ntp -Pbench -pl engine exec:exec

repro: target/java
	@engine/repro.sh

audit:
	@$(PARALLEL) ready
	@$(PYTHON) $(TOOLS)/audit.py
	@$(TOOLS)/build-twice.sh

outputs:
	@$(PARALLEL) executed
	@for name in $(notdir $(NOTEBOOKS)); do \
	  cmp -s target/notebooks/$$name notebooks/$$name || { cp target/notebooks/$$name notebooks/$$name && echo "$$name: outputs renewed"; }; \
	  touch target/notebooks/$$name; \
	done

clean:
	rm -rf target */target */*/target .venv

ready: $(PYTHON) $(KERNEL)

executed: $(EXECUTED)

# They are committed without outputs: each cell checks its own answer.
solved: $(SOLVED)

target/site/index.html: $(EXECUTED) $(SOLVED) $(TOOLS)/pages.py $(TOOLS)/pages.css
	@$(PYTHON) $(TOOLS)/pages.py $(@D) $(EXECUTED) $(SOLVED)

target/notebooks/%.ipynb: notebooks/%.ipynb $(PYTHON) $(KERNEL) $(TOOLS)/execute.py
	@$(PYTHON) $(TOOLS)/execute.py $< $@

# The scripts below decide for themselves whether there is something to do, and leave the file's date alone if not.
$(KERNEL): target/installed target/java
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -jar notebooks/kernel/target/kernel.jar --install target/jupyter

target/installed: target/java always
	@$(TOOLS)/install-jars.sh

$(PYTHON): target/java always
	@$(TOOLS)/get-jupyter.sh

target/java: always
	@$(TOOLS)/check-machine.sh
