using System.Runtime.InteropServices;

namespace Redactor.Cli;

/// <summary>
/// Keeps what is in memory from being read: no core dumps, no debugger of other users' making, no diagnostics port. Whoever needs them says
/// so by DOTNET_EnableDiagnostics=1. Linux only; elsewhere nothing is done.
/// </summary>
internal static partial class ProcessShield
{
    /// <summary>The runtime's own switch. It is read from the environment alone, before any managed code runs; no file can set it.</summary>
    private const string Switch = "DOTNET_EnableDiagnostics";

    // Numbers of the kernel's interface: bits/resource.h, linux/prctl.h.
    private const int RlimitCore = 4;
    private const int PrSetDumpable = 4;

    private static string? SwitchValue => Environment.GetEnvironmentVariable(Switch);

    /// <summary>No core dumps, and no tracing by others (prctl(2), PR_SET_DUMPABLE: a dump that is piped to a program heeds no limit).</summary>
    public static void RefuseDumps()
    {
        if (!OperatingSystem.IsLinux() || SwitchValue == "1")
        {
            return;
        }

        var none = default(Rlimit);
        if (SetLimit(RlimitCore, in none) != 0 || Control(PrSetDumpable, 0, 0, 0, 0) != 0)
        {
            Console.Error.WriteLine("redactor: core dumps can't be switched off here; switch them off outside (ulimit -c 0)");
        }
    }

    /// <summary>
    /// Starts this program anew, in the same process, with the diagnostics port off; returns where the switch is set already. The port opened
    /// with the runtime, before there was anything to see, and its files in the temporary folder are removed.
    /// </summary>
    public static void RestartWithoutDiagnostics()
    {
        if (!OperatingSystem.IsLinux() || SwitchValue is not null)
        {
            return;
        }

        string[] arguments = File.ReadAllText("/proc/self/cmdline")[..^1].Split('\0');
        foreach (string pattern in new[] { $"dotnet-diagnostic-{Environment.ProcessId}-*", $"clr-debug-pipe-{Environment.ProcessId}-*" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), pattern))
            {
                File.Delete(file);
            }
        }

        SetVariable(Switch, "0", 1);
        Execute(Environment.ProcessPath!, [.. arguments, null]);
        Console.Error.WriteLine($"redactor: the diagnostics port can't be switched off from within; set {Switch}=0");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Rlimit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint argument, nint unused3, nint unused4, nint unused5);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>Returns only if it failed.</summary>
    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Rlimit
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }
}
