-- all that a scope looks at, so that no text is read for it
CREATE INDEX live_scope ON articles (outlet, topic, published, id) WHERE state = 'live';
