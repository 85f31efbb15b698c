@echo off
rem Sets the guide up, once and again after an update. Called by the commands beside mkdocs.yml.
cd /d "%~dp0.."
if exist ".venv\set-up.txt" fc /b requirements\site.txt ".venv\set-up.txt" >nul 2>&1 && exit /b 0

set "PYTHON="
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11, 2))" >nul 2>&1 && set "PYTHON=py -3"
if not defined PYTHON python -c "import sys; sys.exit(sys.version_info < (3, 11, 2))" >nul 2>&1 && set "PYTHON=python"
if not defined PYTHON (
  echo.
  echo The guide needs Python 3.11.2 or later, and this computer has none.
  echo Get it from https://www.python.org/downloads/windows/ and tick "Add python.exe to PATH" while it installs.
  echo It needs no administrator. Then start this again.
  exit /b 1
)

echo Setting up. This takes a minute or two, and only the first time ...
if not exist ".venv\Scripts\python.exe" %PYTHON% -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements\build.txt || exit /b 1
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements\site.txt || exit /b 1
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . || exit /b 1
copy /y requirements\site.txt ".venv\set-up.txt" >nul
exit /b 0
