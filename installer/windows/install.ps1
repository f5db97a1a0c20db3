# Installs Zegel for the current user: the program, the browsers' host manifests and autostart.
# Run it from the image that installer/build-image made on Windows.
param([string[]] $ExtensionId = @(), [switch] $NoAutostart)
$ErrorActionPreference = 'Stop'

$app = Join-Path $env:LOCALAPPDATA 'Programs\Zegel'
if (-not (Test-Path (Join-Path $PSScriptRoot 'runtime\bin\java.exe'))) {
    throw 'This is not a built image. Run installer/build-image first, then install.ps1 in the folder it names.'
}
if (Test-Path "$app.new") { Remove-Item -Recurse -Force "$app.new" }
Copy-Item -Recurse $PSScriptRoot "$app.new"
if (Test-Path $app) { Remove-Item -Recurse -Force $app }
Move-Item "$app.new" $app

$zegel = Join-Path $app 'bin\zegel.cmd'
$ids = $ExtensionId | ForEach-Object { '--extension-id'; $_ }
& $zegel native-host --register @ids
if (-not $NoAutostart) {
    $run = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Run'
    Set-ItemProperty -Path $run -Name 'Zegel' -Value "`"$zegel`" daemon"
}
Write-Output "Zegel is installed in $app. Try: $zegel doctor"
