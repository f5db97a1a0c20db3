# Removes what install.ps1 put in place for the current user. Keys, settings and the log stay where they are.
$ErrorActionPreference = 'Stop'

$app = Join-Path $env:LOCALAPPDATA 'Programs\Zegel'
$zegel = Join-Path $app 'bin\zegel.cmd'
if (Test-Path $zegel) {
    & $zegel native-host --unregister
    & $zegel daemon --stop
}
Remove-ItemProperty -Path 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Run' -Name 'Zegel' -ErrorAction SilentlyContinue
if (Test-Path $app) { Remove-Item -Recurse -Force $app }
Write-Output 'Zegel is removed. Your keys and settings are still there: without them, mail that was encrypted to you stays closed.'
