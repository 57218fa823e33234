using System.Globalization;

namespace Redactor.Bench;

/// <summary>What a process has used, read from Linux's /proc.</summary>
/// <param name="ProcessorTime">User and system time of all threads since the process began, to 10 ms.</param>
/// <param name="Memory">The resident size now, in bytes (VmRSS).</param>
/// <param name="PeakMemory">The greatest resident size since the process began, in bytes (VmHWM).</param>
internal readonly record struct ProcessUsage(TimeSpan ProcessorTime, long Memory, long PeakMemory)
{
    // proc(5): times are in units of sysconf(_SC_CLK_TCK), which is 100 a second on every Linux that .NET runs on.
    private const int TicksPerSecond = 100;

    // proc(5): utime is the 14th field of stat, stime the 15th; the 2nd, in parentheses, may hold spaces.
    private const int UserTimeBehindName = 14 - 3;

    public static ProcessUsage Of(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = Number(fields[UserTimeBehindName]) + Number(fields[UserTimeBehindName + 1]);

        string[] status = File.ReadAllLines($"/proc/{pid}/status");
        return new(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Size("VmRSS:"), Size("VmHWM:"));

        long Size(string name) =>
            Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0]) * 1024;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
