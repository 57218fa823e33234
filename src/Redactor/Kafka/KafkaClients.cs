using Confluent.Kafka;

namespace Redactor.Kafka;

/// <summary>Connections -> the settings that librdkafka knows, and its clients.</summary>
internal static class KafkaClients
{
    /// <summary>Fills in what consumers and producers share.</summary>
    public static T Configure<T>(T config, KafkaConnection connection)
        where T : ClientConfig
    {
        config.BootstrapServers = string.Join(',', connection.Brokers);
        config.ClientId = connection.ClientId;
        config.SecurityProtocol = (connection.Tls, connection.Sasl) switch
        {
            (null, null) => SecurityProtocol.Plaintext,
            (null, _) => SecurityProtocol.SaslPlaintext,
            (_, null) => SecurityProtocol.Ssl,
            _ => SecurityProtocol.SaslSsl,
        };
        if (connection.Tls is { } tls)
        {
            config.SslCaLocation = tls.AuthorityFile;
            config.SslCertificateLocation = tls.CertificateFile;
            config.SslKeyLocation = tls.KeyFile;
            config.EnableSslCertificateVerification = !tls.SkipVerify;
        }

        if (connection.Sasl is { } sasl)
        {
            Configure(config, sasl);
        }

        return config;
    }

    /// <summary>Builds a client.</summary>
    /// <exception cref="KafkaSetupException">librdkafka refuses the settings.</exception>
    public static T Build<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            // The message quotes names and paths, of values only those that are no secrets.
            throw new KafkaSetupException($"Kafka can't be set up: {e.Message}");
        }
    }

    private static void Configure(ClientConfig config, KafkaSasl sasl)
    {
        config.SaslMechanism = sasl.Mechanism switch
        {
            KafkaSaslMechanism.Plain => SaslMechanism.Plain,
            KafkaSaslMechanism.ScramSha256 => SaslMechanism.ScramSha256,
            KafkaSaslMechanism.ScramSha512 => SaslMechanism.ScramSha512,
            KafkaSaslMechanism.OAuthBearer => SaslMechanism.OAuthBearer,
            _ => throw new ArgumentOutOfRangeException(nameof(sasl), sasl.Mechanism, "not a mechanism"),
        };
        if (sasl.Mechanism != KafkaSaslMechanism.OAuthBearer)
        {
            config.SaslUsername = sasl.Username;
            config.SaslPassword = sasl.Password;
            return;
        }

        config.SaslOauthbearerMethod = SaslOauthbearerMethod.Oidc;
        config.SaslOauthbearerTokenEndpointUrl = sasl.TokenUrl!.ToString();
        config.SaslOauthbearerClientId = sasl.Username;
        config.SaslOauthbearerClientSecret = sasl.Password;
        config.SaslOauthbearerScope = sasl.Scopes.Length > 0 ? sasl.Scopes : null;
    }
}

/// <summary>librdkafka does not take the settings. The message is for the operator and holds no secret.</summary>
public sealed class KafkaSetupException(string message) : Exception(message);
