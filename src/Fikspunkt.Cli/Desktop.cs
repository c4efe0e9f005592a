using System.ComponentModel;
using System.Diagnostics;

namespace Fikspunkt.Cli;

/// <summary>Shows an address in the user's browser, where there is a user with a screen.</summary>
internal static class Desktop
{
    /// <summary>Whether a person sits at a screen of this machine.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="system">"windows", "macos" or another.</param>
    public static bool IsThere(Func<string, string?> variable, string system) =>
        string.IsNullOrEmpty(variable("SSH_CONNECTION")) && (system is "windows" or "macos" || !string.IsNullOrEmpty(variable("DISPLAY")) || !string.IsNullOrEmpty(variable("WAYLAND_DISPLAY")));

    /// <summary>Opens the address when a person watches; a machine without a browser is no fault.</summary>
    public static void Open(string address, Terminal terminal)
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "other";
        if (!terminal.Interactive || Console.IsOutputRedirected || !IsThere(Environment.GetEnvironmentVariable, system))
        {
            return;
        }

        var start = system switch
        {
            "windows" => new ProcessStartInfo(address) { UseShellExecute = true },
            "macos" => new ProcessStartInfo("open", [address]),
            _ => new ProcessStartInfo("xdg-open", [address]) { UseShellExecute = false, RedirectStandardError = true },
        };
        try
        {
            Process.Start(start)?.Dispose();
        }
        catch (Win32Exception)
        {
            // The address stands on the terminal.
        }
    }
}
