using System.Text.Json;
using System.Text.Json.Serialization;

namespace Redactor.Tests.Interop;

/// <summary>One secret for each place in telemetry, in the form that its provider documents; made at run time, the same every time.</summary>
internal sealed record PlantedSecrets
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private PlantedSecrets()
    {
        var random = new Random(20260102);
        Prompt = $"sk-{"proj"}-{Pick(74)}T3Blbk{"FJ"}{Pick(74)}";
        Answer = $"sk-{"ant"}-api03-{Pick(93)}AA";
        Header = $"gh{"p"}_{Pick(36)}";
        Exception = Pick(20);
        Name = $"AK{"IA"}{Pick(16, Base32)}";
        Log = $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOi{Pick(60)}.{Pick(43)}";
        Metric = $"AI{"za"}{Pick(35)}";

        string Pick(int count, string from = Alphanumeric) => new(random.GetItems<char>(from, count));
    }

    public static PlantedSecrets Instance { get; } = new();

    /// <summary>An OpenAI key in the text that a user sent to a model.</summary>
    public string Prompt { get; }

    /// <summary>An Anthropic key in what a model answered.</summary>
    public string Answer { get; }

    /// <summary>A GitHub token in the headers of a request.</summary>
    public string Header { get; }

    /// <summary>A database password in the message and the stack of an exception.</summary>
    public string Exception { get; }

    /// <summary>An AWS access key id in the name of a span.</summary>
    public string Name { get; }

    /// <summary>A JSON Web Token in the body of a log record.</summary>
    public string Log { get; }

    /// <summary>A Google API key in an attribute of a metric.</summary>
    public string Metric { get; }

    [JsonIgnore]
    public IReadOnlyList<string> All => [Prompt, Answer, Header, Exception, Name, Log, Metric];

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
