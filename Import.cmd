@echo off
rem Brings in policies: drop a file or a folder on this file.
setlocal
cd /d "%~dp0"
call windows\setup.cmd || goto problem
if "%~1"=="" (
  echo Drop a Word, PDF, OpenDocument, HTML or text file on Import.cmd, or a folder of them.
  pause
  exit /b 1
)
:next
if "%~1"=="" goto imported
.venv\Scripts\guide import "%~1" || set "FAILED=yes"
shift
goto next
:imported
if defined FAILED goto problem
if errorlevel 1 goto problem
echo.
pause
exit /b 0

:problem
echo.
echo It did not work. What to do stands above. This window stays open until you press a key.
pause
exit /b 1
