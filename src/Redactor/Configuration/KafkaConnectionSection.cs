using System.Globalization;
using Redactor.Kafka;
using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>How to reach a Kafka cluster: <c>brokers</c>, <c>client_id</c>, <c>tls</c> and <c>auth</c>, which receiver and exporter have alike.</summary>
internal static class KafkaConnectionSection
{
    private const string BrokerForm = "a list of host:port, such as [kafka:9092]";

    private static readonly Dictionary<string, KafkaSaslMechanism> Mechanisms = new()
    {
        ["PLAIN"] = KafkaSaslMechanism.Plain,
        ["SCRAM-SHA-256"] = KafkaSaslMechanism.ScramSha256,
        ["SCRAM-SHA-512"] = KafkaSaslMechanism.ScramSha512,
        ["OAUTHBEARER"] = KafkaSaslMechanism.OAuthBearer,
    };

    public static KafkaConnection Read(YamlSection kafka)
    {
        var connection = new KafkaConnection { Brokers = ReadBrokers(kafka), Tls = ReadTls(kafka), Sasl = ReadSasl(kafka) };
        return kafka.Text("client_id") is { } id ? connection with { ClientId = id } : connection;
    }

    private static IReadOnlyList<string> ReadBrokers(YamlSection kafka)
    {
        var brokers = kafka.Texts("brokers") ?? [];
        if (brokers.Count == 0)
        {
            kafka.Mistake("brokers", $"{kafka.PathOf("brokers")} is missing or empty; write {BrokerForm}");
        }

        foreach (var (text, node) in brokers)
        {
            var colon = text.LastIndexOf(':');
            if (colon < 1 || text.Contains('/') || text.Contains('@') || text.Contains(',') || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            {
                kafka.Context.Mistakes.Add(node, $"{kafka.PathOf("brokers")}: not the address of a broker; write {BrokerForm}");
            }
        }

        return [.. brokers.Select(b => b.Text)];
    }

    private static KafkaTls? ReadTls(YamlSection kafka)
    {
        if (kafka.Section("tls") is not { } tls)
        {
            return null;
        }

        // Read once, so that a wrong file is a mistake at the start; librdkafka reads it again.
        var checkedOnce = TlsSection.ReadBackend(tls);
        var insecure = tls.Value("insecure", Parse.Boolean, Parse.BooleanForm) ?? false;
        tls.Close();
        return insecure ? null : new KafkaTls(tls.Path("ca_file"), tls.Path("cert_file"), tls.Path("key_file"), checkedOnce.SkipVerify);
    }

    private static KafkaSasl? ReadSasl(YamlSection kafka)
    {
        var auth = kafka.Section("auth");
        var sasl = auth?.Section("sasl");
        auth?.Close();
        if (sasl is null)
        {
            return null;
        }

        var mechanism = sasl.Choice("mechanism", Mechanisms);
        if (sasl.Find("mechanism") is null)
        {
            sasl.Mistake("mechanism", $"{sasl.PathOf("mechanism")} is missing; write one of {string.Join(", ", Mechanisms.Keys)}");
        }

        var oauth = sasl.Section("oauthbearer");
        bool bearer = mechanism == KafkaSaslMechanism.OAuthBearer || (mechanism is null && oauth is not null);
        string[] foreign = bearer ? ["username", "password"] : ["oauthbearer"];
        foreach (var key in foreign.Where(key => sasl.Find(key) is not null))
        {
            sasl.Mistake(key, $"{sasl.PathOf(key)} does not go with this mechanism; PLAIN and SCRAM take username and password, OAUTHBEARER takes oauthbearer");
        }

        var read = bearer
            ? ReadOAuth(sasl, oauth)
            : new KafkaSasl(mechanism ?? default, ReadText(sasl, "username"), ReadSecret(sasl, "password"));
        sasl.Close();
        return read;
    }

    private static KafkaSasl? ReadOAuth(YamlSection sasl, YamlSection? oauth)
    {
        if (oauth is null)
        {
            sasl.Mistake("oauthbearer", $"{sasl.PathOf("oauthbearer")} is missing; write {{token_url: \"https://...\", client_id: ..., client_secret: \"${{file:PATH}}\"}}");
            return null;
        }

        var url = ReadText(oauth, "token_url");
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0))
        {
            oauth.Mistake("token_url", $"{oauth.PathOf("token_url")} is not a URL that can be used; write one such as https://login.example.com/oauth2/token, without credentials");
            url = "";
        }

        var scopes = oauth.Texts("scopes")?.Select(s => s.Text) ?? [];
        var read = new KafkaSasl(
            KafkaSaslMechanism.OAuthBearer, ReadText(oauth, "client_id"), ReadSecret(oauth, "client_secret"), url.Length > 0 ? new Uri(url) : null, string.Join(' ', scopes));
        oauth.Close();
        return read;
    }

    private static string ReadText(YamlSection section, string key)
    {
        if (section.Find(key) is null)
        {
            section.Mistake(key, $"{section.PathOf(key)} is missing");
        }

        return section.Text(key) ?? "";
    }

    private static string ReadSecret(YamlSection section, string key)
    {
        if (section.Find(key) is YamlScalarNode written && References.LiteralPart(written.Value ?? "").Length > 0)
        {
            section.Mistake(key, $"{section.PathOf(key)} stands in the file; write ${{file:PATH}} or ${{env:NAME}}");
            return "";
        }

        return ReadText(section, key);
    }
}
