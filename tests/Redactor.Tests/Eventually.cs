using System.Runtime.CompilerServices;

namespace Redactor.Tests;

/// <summary>Waits for what must come true, however slow the machine is.</summary>
internal static class Eventually
{
    /// <summary>Far beyond what anything here takes.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task True(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        for (var deadline = DateTime.UtcNow + Deadline; !condition();)
        {
            Assert.True(DateTime.UtcNow < deadline, $"never came true: {what}");
            await Task.Delay(Interval);
        }
    }
}
