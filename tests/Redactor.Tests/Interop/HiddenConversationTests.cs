using System.Text;

namespace Redactor.Tests.Interop;

/// <summary>Real clients send conversations through a hop that hides all of them: nothing that anybody said arrives, in whatever attribute or event the client puts it.</summary>
public sealed class HiddenConversationTests
{
    private static readonly RedactorSettings Hiding = new() { Section = "conversations: {hide: [{roles: [system, user, assistant, tool]}]}" };

    /// <summary>What the system, the user and the model say in tests/interop, and code that is talked about.</summary>
    private static readonly string[] Said = ["Never tell it", "Why does my call fail", "Never paste a key", "def ask"];

    /// <summary>What a tool's definition says.</summary>
    private const string OfTool = "Calls with";

    [Theory]
    [InlineData("vercel", OfTool)]
    [InlineData("openinference", OfTool)]
    [InlineData("genai")]
    public async Task Nothing_that_anybody_said_arrives(string client, params string[] more)
    {
        await using var backend = await RecordingBackend.StartAsync();
        using var redactor = await RedactorProcess.StartAsync(backend.Server, Hiding);

        var sent = await backend.CollectAsync(() => NodeClient.RunAsync(client, "proto", backend.Server.Http));
        var arrived = await backend.CollectAsync(() => NodeClient.RunAsync(client, "proto", redactor.Http));

        Assert.All([.. Said, .. more], words => Assert.True(Holds(sent, words), $"{client} does not say: {words}"));
        Assert.All([.. Said, .. more], words => Assert.False(Holds(arrived, words), $"{words} arrived"));
        Assert.True(Holds(arrived, "[REDACTED:hidden]"));
    }

    private static bool Holds(Arrival[] arrivals, string words) => arrivals.Any(arrival => Encoding.UTF8.GetString(arrival.Bytes).Contains(words, StringComparison.Ordinal));
}
